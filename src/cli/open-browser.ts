/** Opens an address in the person's browser, by the program that the platform has for that. */
import { spawn } from 'node:child_process';
import type { CliContext } from './context.ts';

/** What opens an address, with its arguments before it; no shell reads any of them. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
const OTHER_OPENER = ['xdg-open'] as const;

/**
 * Variables by which a browser finds its files, its screen and its words. All others stay here: secrets and addresses with
 * passwords have any name, `DATABASE_URL` and `https_proxy` among them.
 */
const PASSED_ON: ReadonlySet<string> = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'LANG', 'LANGUAGE', 'BROWSER'],
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS'],
  // By these xdg-open knows the desktop.
  ...['DESKTOP_SESSION', 'KDE_FULL_SESSION', 'KDE_SESSION_VERSION', 'GNOME_DESKTOP_SESSION_ID'],
  // How Chinese is typed.
  ...['GTK_IM_MODULE', 'QT_IM_MODULE', 'XMODIFIERS'],
  // Linux within Windows.
  ...['WSL_DISTRO_NAME', 'WSL_INTEROP', 'WSLENV'],
  // Windows.
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'TEMP', 'TMP', 'OS', 'SESSIONNAME'],
  ...['USERPROFILE', 'USERNAME', 'USERDOMAIN', 'HOMEDRIVE', 'HOMEPATH', 'APPDATA', 'LOCALAPPDATA', 'PUBLIC'],
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'PROGRAMW6432', 'PROGRAMDATA', 'ALLUSERSPROFILE'],
  ...['COMMONPROGRAMFILES', 'COMMONPROGRAMFILES(X86)', 'COMMONPROGRAMW6432', 'PROCESSOR_ARCHITECTURE'],
]);
/** What the names of whole families of them begin with. */
const FAMILIES = /^(?:XDG|LC)_/;

/**
 * Opens an address. It does not wait for the browser, and ends with it no sooner or later than it would have.
 *
 * @param address has no secret in it: whoever is on this machine can see what programs are started with
 * @param onFailure called when there is no such program, or it opens nothing
 */
export function openBrowser(address: string, env: CliContext['env'], onFailure: () => void): void {
  const [program, ...args] = OPENERS[process.platform] ?? OTHER_OPENER;
  const child = spawn(program, [...args, address], {
    stdio: 'ignore',
    detached: true,
    env: Object.fromEntries(Object.entries(env).filter(([name]) => isPassedOn(name))),
  });
  child.once('error', onFailure);
  child.once('exit', (code) => {
    if (code !== 0) onFailure();
  });
  child.unref();
}

/** Windows has names in any case, `Path` for instance. */
function isPassedOn(name: string): boolean {
  const upper = name.toUpperCase();
  return PASSED_ON.has(upper) || FAMILIES.test(upper);
}
