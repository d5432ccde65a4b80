import { render } from 'preact';
import { App } from './app.tsx';
import { SessionContext } from './session/context.ts';
import { createSession } from './session/session.ts';
import { trustOwnScripts } from './trust.ts';
import { keepFocus } from './ui/kept-focus.ts';
import './styles/base.css';
import './styles/controls.css';
import './styles/header.css';
import './styles/intake.css';
import './styles/layers.css';
import './styles/stage.css';
import './styles/verdict.css';
import './styles/checks.css';
import './styles/table.css';
import './styles/forced-colours.css';

trustOwnScripts();
const page = (
  <SessionContext.Provider value={createSession()}>
    <App />
  </SessionContext.Provider>
);
const place = document.getElementById('app')!;
render(page, place);
keepFocus(place);
