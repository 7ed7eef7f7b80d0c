import { Component, type ReactNode } from 'react';
import { useWords } from '../words/use-words.ts';

/** Shows an error and a way on when a part of the page fails, instead of a blank page. */
export class Catching extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error ? <Fallen message={error.message} /> : this.props.children;
  }
}

function Fallen({ message }: { message: string }) {
  const { words } = useWords();
  return (
    <main className="door">
      <h1>{words.fallen.title}</h1>
      <p className="notice notice-bad">{message}</p>
      <p>{words.fallen.text}</p>
      <button type="button" className="primary" onClick={() => location.reload()}>
        {words.fallen.reload}
      </button>
    </main>
  );
}
