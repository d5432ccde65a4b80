import { Portrait } from './portrait.jsx';

export default function Page() {
  return (
    <main>
      <h1>A portrait</h1>
      <Portrait />
    </main>
  );
}
