import { wantsFrame } from '../../../src/core/checks/preset.ts';
import { presetOf } from '../../../src/core/checks/presets.ts';
import { hashOf } from '../session/address.ts';
import { useSession, useWords } from '../session/context.ts';
import { fileNameOf, isOpen, type Picture } from '../session/picture.ts';
import { remedyOf } from '../session/remedy.ts';
import { Icon } from '../ui/icons.tsx';
import { useObjectUrl } from '../ui/object-url.ts';

/** What can be done about a verdict: another try, a repair where one can succeed, the file that was made. */
export function Actions({ picture }: { readonly picture: Picture }) {
  const session = useSession();
  const { verdict, status } = useWords();
  const hasService = session.service.value !== null;
  const standing = picture.standing.value;
  // For another generator a picture that passes may want a crop of its own.
  const isForOther =
    hasService && standing === 'pass' && wantsFrame(presetOf(session.limits.generator.value));
  const remedy = standing === 'refused' ? remedyOf(picture, hasService, session.limits.preset.value) : 'none';
  const now = picture.progress.value;
  const others = now.at === 'inspected' ? now.inspection.faces.length - 1 : 0;
  const { isBusy, trouble, vainFor } = picture.repair.value;
  // What came to nothing comes to nothing again, until the limits are others: what to do instead stands there.
  const isVain = vainFor !== null && vainFor === hashOf(session.limits.asked.value);
  const isFixable = !isVain && (remedy === 'browser' || remedy === 'service' || isForOther);
  const isHopeless =
    standing === 'refused' &&
    now.at === 'inspected' &&
    !isFixable &&
    !isVain &&
    (remedy === 'limits' || hasService);
  const isMade = picture.repaired !== null || picture.converted.value !== null;
  return (
    <>
      {isHopeless && <p class="fine">{remedy === 'limits' ? verdict.onlyYourLimits : verdict.noFix}</p>}
      {remedy === 'service' && !isVain && picture.reason.value === 'face.none' && (
        <p class="fine">{verdict.fixSearches}</p>
      )}
      {hasService && others > 0 && <p class="fine">{verdict.otherFaces}</p>}
      <div class="row">
        {standing === 'failed' && (
          <button type="button" onClick={() => session.retry([picture])}>
            {status.tryAgain}
          </button>
        )}
        {isFixable && (
          // It stays what it is while it works, so that it keeps the focus.
          <button type="button" onClick={() => session.repair(picture, null)} aria-disabled={isBusy}>
            <Icon name="wrench" /> {isBusy ? verdict.fixing : verdict.fix}
          </button>
        )}
        {isMade && !isOpen(standing) && <SaveLink picture={picture} />}
      </div>
      <p class="trouble" role="status">
        {trouble}
      </p>
    </>
  );
}

function SaveLink({ picture }: { readonly picture: Picture }) {
  const { verdict } = useWords();
  const url = useObjectUrl(picture.shown.value);
  if (url === null) return null;
  return (
    <a class="button" href={url} download={fileNameOf(picture)}>
      {verdict.save}
    </a>
  );
}
