import { useEffect, useRef } from 'preact/hooks';
import type { Crop, Inspection } from '../../../src/core/inspection.ts';
import { useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';
import { cropTransform } from './geometry.ts';

/** Edge in pixels of what LivePortrait's networks look at. */
const MODEL_EDGE = 256;

/** The crop as the model will see it. */
export function CropView({ picture }: { readonly picture: Picture }) {
  const { stage } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const now = picture.progress.value;
  const inspection = now.at === 'inspected' ? now.inspection : null;
  const blob = picture.shown.value;
  useEffect(() => {
    if (inspection?.crop && blob !== null) return paint(canvas.current!, blob, inspection, inspection.crop);
  }, [inspection, blob]);

  if (inspection === null || inspection.crop === null || blob === null) return null;
  const { size } = inspection.crop;
  const zoom = MODEL_EDGE / size;
  return (
    <section class="crop-view" aria-label={stage.seen}>
      <h2>{stage.seen}</h2>
      <canvas ref={canvas} width={MODEL_EDGE} height={MODEL_EDGE} role="img" aria-label={stage.seenCanvas} />
      <p class="caption">{stage.seenAt(size, MODEL_EDGE, zoom)}</p>
    </section>
  );
}

/** Draws the crop; gives what stops it. */
function paint(canvas: HTMLCanvasElement, blob: Blob, { image }: Inspection, crop: Crop): () => void {
  const url = URL.createObjectURL(blob);
  const whole = new Image();
  whole.onload = () => {
    const context = canvas.getContext('2d')!;
    context.resetTransform();
    // What lies outside the picture is black to LivePortrait too.
    context.fillStyle = '#000';
    context.fillRect(0, 0, MODEL_EDGE, MODEL_EDGE);
    context.imageSmoothingQuality = 'high';
    context.setTransform(...cropTransform(crop, MODEL_EDGE));
    context.drawImage(whole, 0, 0, image.uprightWidth, image.uprightHeight);
  };
  whole.src = url;
  return () => {
    whole.onload = null;
    URL.revokeObjectURL(url);
  };
}
