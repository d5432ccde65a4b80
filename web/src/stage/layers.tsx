import type { ComponentChildren } from 'preact';
import { bottomOf, cropCorners, cropLabelPlace, headAxes } from '../../../src/annotate/geometry.ts';
import type { Box, Crop, Face, Inspection, Point, Subject } from '../../../src/core/inspection.ts';
import { useWords } from '../session/context.ts';
import { meshPath, outlinesPath, pointList } from './geometry.ts';

/** The layers, in the order of their buttons. */
export const LAYERS = ['faces', 'points', 'axes', 'covered', 'crop'] as const;

/** A layer's name. */
export type LayerName = (typeof LAYERS)[number];

/** Length of the drawn axes, in widths of the face. */
export const AXIS_LENGTH = 0.55;

/** What was found, over the picture. It fills its frame, which has the picture's aspect. */
export function Layers({
  inspection,
  on,
}: {
  readonly inspection: Inspection;
  readonly on: readonly LayerName[];
}) {
  const { core, stage } = useWords();
  const { image, faces, subject, crop } = inspection;
  const { uprightWidth: width, uprightHeight: height } = image;
  const shows = (name: LayerName) => on.includes(name);
  const label = (at: Point, kind: LayerName, text: string) => (
    <span
      key={text}
      class={`tag ${kind}`}
      style={{ '--x': (100 * at.x) / width, '--y': (100 * at.y) / height }}
    >
      {text}
    </span>
  );
  const cover = subject !== null && shows('covered') ? subject.cover : null;
  const below = cover && bottomOf(cover.area);
  return (
    <div class="layers" aria-hidden="true">
      <svg aria-hidden="true" viewBox={`0 0 ${width} ${height}`}>
        {crop !== null && shows('crop') && <CropLayer crop={crop} width={width} height={height} />}
        {cover !== null && <path class="cover" d={outlinesPath(cover.area)} />}
        {subject !== null && shows('points') && <PointsLayer subject={subject} />}
        {shows('faces') &&
          faces.map((face, index) => <FaceBox key={index} face={face} taken={index === subject?.index} />)}
        {subject !== null && shows('axes') && <AxesLayer subject={subject} />}
      </svg>
      {shows('faces') &&
        faces.length > 1 &&
        faces.map((face, index) =>
          label(face.box, 'faces', index === subject?.index ? stage.taken(index + 1) : String(index + 1)),
        )}
      {below !== null && label(below, 'covered', core.coverSentence(cover))}
      {crop !== null && shows('crop') && label(cropLabelPlace(crop, image), 'crop', stage.crop)}
    </div>
  );
}

function CropLayer({
  crop,
  width,
  height,
}: {
  readonly crop: Crop;
  readonly width: number;
  readonly height: number;
}) {
  const corners = pointList(cropCorners(crop));
  return (
    <g class="crop">
      <path class="shade" fill-rule="evenodd" d={`M0 0H${width}V${height}H0ZM${corners}Z`} />
      <polygon points={corners} />
    </g>
  );
}

function FaceBox({ face: { box }, taken }: { readonly face: Face; readonly taken: boolean }) {
  return (
    <Outlined>{(part) => <rect class={`${part} face`} data-taken={taken} {...cornersOf(box)} />}</Outlined>
  );
}

function PointsLayer({ subject: { mesh, landmarks } }: { readonly subject: Subject }) {
  return (
    <g class="points">
      <path class="mesh" d={meshPath(mesh)} />
      <path
        class="landmarks"
        d={Object.values(landmarks)
          .map(({ x, y }) => `M${x} ${y}h0`)
          .join('')}
      />
    </g>
  );
}

function AxesLayer({ subject: { pose, box, landmarks } }: { readonly subject: Subject }) {
  const { nose } = landmarks;
  const length = box.width * AXIS_LENGTH;
  return (
    <g class="axes">
      {Object.entries(headAxes(pose)).map(([axis, { x, y }]) => (
        <Outlined key={axis}>
          {(part) => (
            <line
              class={`${part} ${axis}`}
              x1={nose.x}
              y1={nose.y}
              x2={nose.x + x * length}
              y2={nose.y + y * length}
            />
          )}
        </Outlined>
      ))}
      <path class="origin" d={`M${nose.x} ${nose.y}h0`} />
    </g>
  );
}

/** The same shape twice: a dark edge below, so that it can be seen on any picture. */
function Outlined({ children }: { readonly children: (part: 'edge' | 'line') => ComponentChildren }) {
  return (
    <>
      {children('edge')}
      {children('line')}
    </>
  );
}

function cornersOf({ x, y, width, height }: Box) {
  return { x, y, width, height };
}
