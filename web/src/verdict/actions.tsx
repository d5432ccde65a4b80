import { useSignal } from '@preact/signals';
import { wantsFrame } from '../../../src/core/checks/preset.ts';
import { presetOf } from '../../../src/core/checks/presets.ts';
import { isOpen, type Picture } from '../session/picture.ts';
import { useSession, useWords } from '../session/session.ts';
import { Icon } from '../ui/icons.tsx';
import { useObjectUrl } from '../ui/object-url.ts';

/** What can be done about a verdict: another try, a repair, another face. */
export function Actions({ picture }: { readonly picture: Picture }) {
  const session = useSession();
  const { verdict, status } = useWords();
  // Only a service repairs pictures.
  const fixes = session.service.value !== null;
  const busy = useSignal(false);
  const trouble = useSignal('');
  const standing = picture.standing.value;
  const now = picture.progress.value;
  // For another generator a picture that passes may want a crop of its own.
  const isForOther = standing === 'pass' && wantsFrame(presetOf(session.limits.generator.value));
  const others = now.at === 'inspected' ? now.inspection.faces.slice(1) : [];
  const repair = async (face: number | null) => {
    busy.value = true;
    trouble.value = '';
    trouble.value = await session.repair(picture, face);
    busy.value = false;
  };
  return (
    <>
      <div class="row">
        {standing === 'failed' && (
          <button type="button" onClick={() => session.retry([picture])}>
            {status.tryAgain}
          </button>
        )}
        {fixes && (standing === 'refused' || isForOther) && (
          <button type="button" onClick={() => repair(null)} disabled={busy.value}>
            <Icon name="wrench" /> {busy.value ? verdict.fixing : verdict.fix}
          </button>
        )}
        {fixes &&
          others.map((_face, index) => (
            <button key={index} type="button" onClick={() => repair(index + 2)} disabled={busy.value}>
              {verdict.cropTo(index + 2)}
            </button>
          ))}
        {picture.repaired !== null && !isOpen(standing) && <SaveLink picture={picture} />}
      </div>
      <p class="trouble" role="status">
        {trouble.value}
      </p>
    </>
  );
}

function SaveLink({ picture }: { readonly picture: Picture }) {
  const { verdict } = useWords();
  const url = useObjectUrl(picture.shown.value);
  if (url === null) return null;
  return (
    <a class="button" href={url} download={picture.name}>
      {verdict.save}
    </a>
  );
}
