import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { takeToken } from './connection/token.ts';
import { Catching } from './parts/fallen.tsx';
import './style/index.css';

const token = takeToken();
const place = document.getElementById('page');
if (place)
  createRoot(place).render(
    <Catching>
      <App token={token} />
    </Catching>,
  );
