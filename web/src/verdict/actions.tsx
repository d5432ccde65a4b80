import { useSession, useWords } from '../session/context.ts';
import { fileNameOf, isOpen, type Picture } from '../session/picture.ts';
import { Icon } from '../ui/icons.tsx';
import { useObjectUrl } from '../ui/object-url.ts';
import { fixableOf } from './fixable.ts';

/** What can be done about a verdict: another try, a repair where one can succeed, the file that was made. */
export function Actions({ picture }: { readonly picture: Picture }) {
  const session = useSession();
  const { verdict, status } = useWords();
  const hasService = session.service.value !== null;
  const standing = picture.standing.value;
  const { remedy, isVain, isOffered } = fixableOf(picture, session);
  const now = picture.progress.value;
  const others = now.at === 'inspected' ? now.inspection.faces.length - 1 : 0;
  const { isBusy, trouble } = picture.repair.value;
  const isHopeless =
    standing === 'refused' &&
    now.at === 'inspected' &&
    !isOffered &&
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
        {isOffered && (
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
