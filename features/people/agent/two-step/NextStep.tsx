import type { SecondStepDue } from '../../core/two-step-contract.ts';
import { EnrolStep } from './EnrolStep.tsx';
import { SecondStep } from './SecondStep.tsx';

/** What comes between the password and the desk. */
export function NextStep({ due, onSignedIn, onRestart }: { due: SecondStepDue; onSignedIn: () => void; onRestart: () => void }) {
  const Step = due.enrol ? EnrolStep : SecondStep;
  return <Step due={due} onSignedIn={onSignedIn} onRestart={onRestart} />;
}
