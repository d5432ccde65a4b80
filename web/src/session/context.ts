/** How the parts of the page come to its session. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Spoken } from '../words/catalogue.ts';
import type { Session } from './session.ts';

/** The way of the session to the parts of the page. */
export const SessionContext = createContext<Session | null>(null);

/** The session of the page. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('The page has no session.');
  return session;
}

/** The words of the page, in the language that it has now. */
export function useWords(): Spoken {
  return useSession().tongue.spoken.value;
}
