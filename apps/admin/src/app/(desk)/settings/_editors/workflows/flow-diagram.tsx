'use client';
import { stateFaults } from '@interdomestik/rules/workflows';
import { Card } from '@interdomestik/ui';
import { useState } from 'react';
import { useWord } from '../../../../_parts/use-word';
import { Diagram, type Picked } from './diagram';
import { flowKinds, type FlowName } from './flow';
import { layoutWorkflow, type Flow } from './layout';

const none: ReadonlySet<string> = new Set();

/** The diagram of a workflow that is only looked at; pressing a state or step brings out its lines. Beside it stands the table with what each step asks. */
export function FlowDiagram({ name, label, flow }: { name: FlowName; label: string; flow: Flow }) {
  const word = useWord();
  const [picked, setPicked] = useState<Picked>(null);
  const { statuses } = flowKinds[name];
  const pick = (next: Picked) => setPicked(next?.kind === picked?.kind && next?.key === picked?.key ? null : next);
  return (
    <Card className="mb-4 hidden sm:block">
      <Diagram
        label={label} statuses={statuses} layout={layoutWorkflow(flow)} initial={flow.initial} closed={flow.closed} faults={stateFaults(flow)} wrongSteps={none} picked={picked} onPick={pick}
        stepName={({ from, to }) => `${word(`statuses.${statuses}`, from)} → ${word(`statuses.${statuses}`, to)}`}
      />
    </Card>
  );
}
