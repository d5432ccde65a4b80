import type { PixelRows } from '../image/pixels.ts';
import { WORKING_EDGE } from '../image/working-size.ts';
import type { Box, Face, HeadScores, Landmarks, Point, Subject } from '../inspection.ts';
import type { RawDetection } from './anchors.ts';
import { nameCover } from './cover.ts';
import { coverArea } from './cover-area.ts';
import { measureLight } from './light.ts';
import { eyeOpening, interEyeDistance, mouthOpening, shareOutside } from './measure.ts';
import type { MeshResult } from './mesh.ts';
import { meshPose } from './pose.ts';
import { measureSharpness } from './sharpness.ts';
import { describeSurface, type SurfaceReading } from './surface.ts';

/** A detection in the words of an inspection: pixels of the upright picture as stored. */
export function describeFace(face: RawDetection, { scaleX, scaleY }: PixelRows): Face {
  const [left, top, right, bottom] = face.box;
  const box: Box = {
    x: round(left * scaleX, 2),
    y: round(top * scaleY, 2),
    width: round((right - left) * scaleX, 2),
    height: round((bottom - top) * scaleY, 2),
  };
  const point = (i: number): Point => ({
    x: round(face.points[i * 2] * scaleX, 2),
    y: round(face.points[i * 2 + 1] * scaleY, 2),
  });
  const landmarks: Landmarks = {
    rightEye: point(0),
    leftEye: point(1),
    nose: point(2),
    mouth: point(3),
    rightEar: point(4),
    leftEar: point(5),
  };
  return { box, score: round(face.score, 4), landmarks };
}

/**
 * All measurements of the subject.
 *
 * @param face    in pixels of `pixels`
 * @param trained what the trained heads and the surface network say of it; the heads' yaw replaces the mesh's beyond
 *                its range
 * @param size    edge of the mesh's input
 * @param picture size of the upright picture as stored
 */
export function describeSubject(
  face: RawDetection,
  pixels: PixelRows,
  mesh: MeshResult,
  { heads, surface }: { readonly heads: HeadScores; readonly surface: SurfaceReading },
  size: number,
  picture: { readonly width: number; readonly height: number },
): Omit<Subject, 'index'> {
  const described = describeFace(face, pixels);
  const { box } = described;
  const points = scalePoints(mesh.points, pixels);
  const pose = meshPose(mesh);
  const light = measureLight(mesh.input, size, mesh.levelled);
  const named = nameCover(heads, surface);
  const cover = named && {
    ...named,
    area: coverArea(named, surface.map, mesh, size).map((outline) => scaleOutline(outline, pixels)),
  };
  const workingScale = Math.min(1, WORKING_EDGE / Math.max(picture.width, picture.height));
  return {
    ...described,
    mesh: roundAll(points, 2),
    pose: {
      // The mesh knows the side, the head knows how far: the mesh collapses towards zero in profile.
      yaw: round(Math.sign(pose.yaw) * heads.yaw, 2),
      pitch: round(pose.pitch, 2),
      roll: round(pose.roll, 2),
    },
    faceFlag: round(mesh.flag, 4),
    interEyeDistance: round(interEyeDistance(points), 2),
    workingWidth: round(box.width * workingScale, 2),
    frameShare: round((box.width * box.height) / (picture.width * picture.height), 4),
    outside: round(shareOutside(box, picture.width, picture.height), 4),
    sharpness: round(measureSharpness(mesh.input, size), 6),
    brightness: round(light.brightness, 4),
    contrast: round(light.contrast, 4),
    evenness: round(light.evenness, 4),
    surround: round(light.surround, 4),
    mouthOpening: round(mouthOpening(mesh.levelled), 4),
    eyeOpening: round(eyeOpening(mesh.levelled), 4),
    heads,
    surface: describeSurface(surface),
    cover,
  };
}

// The mesh has 1,404 numbers, so these are plain loops: `map` and `from` take five times as long.

/** Points of three numbers each in pixels of the picture as stored; depth has the scale of the width. */
function scalePoints(points: Float32Array, { scaleX, scaleY }: PixelRows): Float32Array {
  const scaled = new Float32Array(points.length);
  for (let i = 0; i < points.length; i += 3) {
    scaled[i] = points[i] * scaleX;
    scaled[i + 1] = points[i + 1] * scaleY;
    scaled[i + 2] = points[i + 2] * scaleX;
  }
  return scaled;
}

/** Corners as x and y in turns, in pixels of the picture as stored. */
function scaleOutline(outline: readonly number[], { scaleX, scaleY }: PixelRows): number[] {
  return outline.map((value, i) => round(value * (i % 2 === 0 ? scaleX : scaleY), 1));
}

function roundAll(values: Float32Array, decimals: number): number[] {
  const rounded = new Array<number>(values.length);
  for (let i = 0; i < values.length; i++) rounded[i] = round(values[i], decimals);
  return rounded;
}

const POWERS_OF_TEN = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

/** Numbers are given as exactly as they mean something: to six decimals at most. */
function round(value: number, decimals: number): number {
  const scale = POWERS_OF_TEN[decimals];
  return Math.round(value * scale) / scale;
}
