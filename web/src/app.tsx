import { Empty } from './intake/empty.tsx';
import { Intake } from './intake/intake.tsx';
import { useSession } from './session/context.ts';
import { Snippets } from './snippets/snippets.tsx';
import { Before } from './stage/before.tsx';
import { CropView } from './stage/crop-view.tsx';
import { Stage } from './stage/stage.tsx';
import { PictureTable } from './table/table.tsx';
import { ToList } from './table/to-list.tsx';
import { Header } from './ui/header.tsx';
import { KeyDialog } from './ui/key-dialog.tsx';
import { useIsNarrow } from './ui/narrow.ts';
import { StatusBar } from './ui/status-bar.tsx';
import { Checks } from './verdict/checks.tsx';
import { Facts } from './verdict/facts.tsx';
import { QualityParts } from './verdict/quality.tsx';
import { Verdict } from './verdict/verdict.tsx';

/** The whole page. */
export function App() {
  const { selected, pictures, service } = useSession();
  const picture = selected.value;
  // In one column the checks of one picture are several screens long, and what became of the others would be far below them.
  const isBatch = pictures.value.length > 1;
  const isListFirst = useIsNarrow() && isBatch;
  return (
    <>
      <Header />
      <main>
        <Intake />
        <StatusBar />
        {picture === null ? (
          <>
            <Empty />
            {pictures.value.length > 0 && <PictureTable />}
          </>
        ) : (
          <>
            {isBatch && !isListFirst && <ToList />}
            <div class="bench">
              <Stage picture={picture} />
              <Verdict picture={picture} />
              {isListFirst && <PictureTable />}
              <Checks picture={picture} />
              <div class="side">
                <CropView picture={picture} />
                <Before picture={picture} />
                <QualityParts picture={picture} />
                <Facts picture={picture} />
              </div>
            </div>
            {!isListFirst && <PictureTable />}
            {service.value !== null && <Snippets picture={picture} />}
          </>
        )}
      </main>
      <KeyDialog />
    </>
  );
}
