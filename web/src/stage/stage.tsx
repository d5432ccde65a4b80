import { type Signal, useSignal } from '@preact/signals';
import type { Inspection } from '../../../src/core/inspection.ts';
import { useSession, useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';
import { useObjectUrl } from '../ui/object-url.ts';
import { FaceButtons } from './face-buttons.tsx';
import { inWords } from './in-words.ts';
import { LAYERS, type LayerName, Layers } from './layers.tsx';
import { SaveOne } from './save-one.tsx';

/** Layers that are on at first: what is asked for most, without hiding the face. */
const AT_FIRST: readonly LayerName[] = ['faces', 'axes', 'covered', 'crop'];

/** The picture, large, with what was found in it. */
export function Stage({ picture }: { readonly picture: Picture }) {
  const { stage } = useWords();
  const on = useSignal(AT_FIRST);
  const now = picture.progress.value;
  const nothingFound = now.at !== 'inspected' || now.inspection.subject === null;
  const toggle = (name: LayerName) => {
    const others = on.value.filter((other) => other !== name);
    on.value = others.length < on.value.length ? others : [...others, name];
  };
  return (
    <section class="stage" aria-label={stage.label}>
      {now.at !== 'failed' && (
        <fieldset class="toggles" aria-label={stage.layersLabel}>
          {LAYERS.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={on.value.includes(name)}
              disabled={nothingFound}
              onClick={() => toggle(name)}
            >
              {stage.layers[name]}
            </button>
          ))}
        </fieldset>
      )}
      <View key={picture.id} picture={picture} on={on} />
    </section>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** One picture; the next one gets a view of its own, so that layers never lie over another's pixels. */
function View({ picture, on }: { readonly picture: Picture; readonly on: Signal<readonly LayerName[]> }) {
  const { service } = useSession();
  const words = useWords();
  const url = useObjectUrl(picture.shown.value);
  const natural = useSignal<Size | null>(null);
  const broken = useSignal(false);
  const now = picture.progress.value;
  const inspection = now.at === 'inspected' ? now.inspection : null;
  const size = inspection === null ? natural.value : sizeOf(inspection);
  const ratio = size === null ? {} : { '--ratio': String(size.width / size.height) };
  return (
    <>
      <div class="ground">
        {size === null && (url === null || broken.value) && (
          <p class="nothing">{words.stage[whyNothing(picture)]}</p>
        )}
        <div class="frame" style={ratio} data-sized={size !== null}>
          {url !== null && !broken.value && (
            <img
              src={url}
              alt={inspection === null ? picture.name : inWords(inspection, words)}
              onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
                natural.value = { width, height };
              }}
              onError={() => {
                broken.value = true;
              }}
            />
          )}
          {inspection !== null && <Layers inspection={inspection} on={on.value} />}
          {inspection !== null && service.value !== null && on.value.includes('faces') && (
            <FaceButtons picture={picture} inspection={inspection} />
          )}
        </div>
      </div>
      <p class="caption">
        <span class="name">{picture.name}</span>
        {size !== null && ` · ${size.width} × ${size.height}`}
      </p>
      <SaveOne picture={picture} layers={on} isShown={url !== null && !broken.value} />
    </>
  );
}

function whyNothing({ source, progress }: Picture): 'notShown' | 'notLoaded' | 'notHere' {
  if (source.kind === 'file') return 'notShown';
  return progress.value.at === 'failed' ? 'notLoaded' : 'notHere';
}

function sizeOf({ image }: Inspection): Size {
  return { width: image.uprightWidth, height: image.uprightHeight };
}
