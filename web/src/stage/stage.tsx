import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Inspection } from '../../../src/inspection.ts';
import type { Picture } from '../session/picture.ts';
import { useObjectUrl } from '../ui/object-url.ts';
import { inWords } from './in-words.ts';
import { LAYERS, type LayerName, Layers } from './layers.tsx';

/** Layers that are on at first: what is asked for most, without hiding the face. */
const AT_FIRST: readonly LayerName[] = ['faces', 'axes', 'crop'];

/** The picture, large, with what was found in it. */
export function Stage({ picture }: { readonly picture: Picture }) {
  const url = useObjectUrl(picture.shown.value);
  const on = useSignal<readonly LayerName[]>(AT_FIRST);
  const natural = useSignal<Size | null>(null);
  const broken = useSignal(false);
  useEffect(() => {
    natural.value = null;
    broken.value = false;
  }, [picture, natural, broken]);

  const now = picture.progress.value;
  const inspection = now.at === 'inspected' ? now.inspection : null;
  const size = inspection === null ? natural.value : sizeOf(inspection);
  const toggle = (name: LayerName) => {
    on.value = on.value.includes(name) ? on.value.filter((other) => other !== name) : [...on.value, name];
  };
  return (
    <section class="stage" aria-label="Picture">
      <div class="toggles" role="toolbar" aria-label="Layers">
        {LAYERS.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            aria-pressed={on.value.includes(name)}
            disabled={inspection?.subject === null || inspection === null}
            onClick={() => toggle(name)}
          >
            {label}
          </button>
        ))}
      </div>
      <div class="ground">
        {size === null && (url === null || broken.value) && (
          <p class="nothing">
            {picture.source.kind === 'url'
              ? 'The picture is not here yet.'
              : 'This browser cannot show this file.'}
          </p>
        )}
        <div
          class="frame"
          style={size === null ? {} : { '--ratio': String(size.width / size.height) }}
          data-sized={size !== null}
        >
          {url !== null && !broken.value && (
            <img
              src={url}
              alt={inspection === null ? picture.name : inWords(inspection)}
              onLoad={(event) => {
                const { naturalWidth: width, naturalHeight: height } = event.currentTarget;
                natural.value = { width, height };
              }}
              onError={() => {
                broken.value = true;
              }}
            />
          )}
          {inspection !== null && <Layers inspection={inspection} on={on.value} />}
        </div>
      </div>
      <p class="caption">
        <span class="name">{picture.name}</span>
        {size !== null && ` · ${size.width} × ${size.height}`}
      </p>
    </section>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf({ image }: Inspection): Size {
  return { width: image.uprightWidth, height: image.uprightHeight };
}
