import { render } from 'preact';

render(<h1>liveportrait-detect</h1>, document.getElementById('app')!);
