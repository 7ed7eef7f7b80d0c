import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { takeToken } from './connection/token.ts';
import './style/index.css';

const token = takeToken();
const place = document.getElementById('page');
if (place) createRoot(place).render(<App token={token} />);
