import { type EngineName, engineOf } from '../node/engine.ts';
import { sheetCard, sheetHead, sheetTail } from '../report/sheet.ts';
import { thumbnail } from '../report/thumbnail.ts';
import type { CliContext } from './context.ts';
import { adviceOf, outcomeOf, reasonOf } from './format.ts';
import type { Row } from './run.ts';
import type { Sink } from './sink.ts';
import { visible } from './visible.ts';
import { openWhole } from './whole-file.ts';

/**
 * Bytes that all thumbnails of a sheet may take: some 5,000 usual ones. Beyond it, cards have none, since a browser opens
 * the whole file at once.
 */
const MOST_THUMBNAIL_BYTES = 96 * 2 ** 20;

/**
 * Begins a contact sheet, which is written picture by picture.
 *
 * @param path undefined for standard output
 * @throws DetectError `file.unwritable`
 */
export async function openReport(context: CliContext, path: string | undefined): Promise<Sink> {
  const engine = engineOf(context.env);
  const output = await openWhole(context, path);
  let room = MOST_THUMBNAIL_BYTES;
  await output.write(sheetHead(context.language));
  return {
    async add(row) {
      const picture = room > 0 ? await thumbnailOf(row, engine) : null;
      room -= picture?.length ?? 0;
      const entry = {
        file: visible(row.file),
        outcome: outcomeOf(row),
        reason: reasonOf(row),
        advice: visible(adviceOf(row, context)),
        inspection: row.inspection ?? null,
        thumbnail: picture,
      };
      await output.write(sheetCard(entry, context.language));
    },
    async close() {
      await output.write(sheetTail());
      await output.close();
    },
  };
}

async function thumbnailOf(
  { inspection, bytes }: Row,
  engine: EngineName | undefined,
): Promise<string | null> {
  if (!inspection || !bytes) return null;
  // A picture that was inspected can be decoded; where memory does not suffice, the card has to do without.
  return thumbnail(bytes, inspection.image, engine).catch(() => null);
}
