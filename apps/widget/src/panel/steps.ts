import { useState } from 'preact/hooks';
import { Refused } from '../../../../clients/visitor/src/api.ts';
import type { Answers, IntakeStep, Kind } from '../../../../clients/visitor/src/types.ts';
import type { Chat, GivenAnswers } from './chat.ts';

type Question = IntakeStep['questions'][number];
/** What stands before the visitor; `kind` null: what it is about. */
type Step = { readonly kind: Kind | null; readonly question: Question | null; readonly answers: Answers; /** Answered or passed over, in their order. */ readonly passed: readonly string[] };

const NOTHING: Step = { kind: null, question: null, answers: {}, passed: [] };

/** One question after the other, as the server says by the answers so far. */
export function useSteps(chat: Chat, kinds: readonly Kind[]) {
  const [step, setStep] = useState(NOTHING);
  const [problem, setProblem] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const only = kinds.length === 1 ? kinds[0]! : null;
  const { kind, question, answers, passed } = step;
  const kept = (): GivenAnswers | null => {
    const found = chat.given.get();
    return found && kinds.includes(found.kind) ? found : null;
  };

  async function go(about: Kind, given: Answers, behind: readonly string[]): Promise<void> {
    setAsking(true);
    setProblem(null);
    try {
      const { questions } = await chat.questions(about, given);
      const next = questions.find(({ key, wrong }) => wrong === 'wrong' || !behind.includes(key)) ?? questions.find(({ wrong }) => wrong !== null);
      const before = behind.filter((one) => one !== next?.key);
      chat.given.keep({ kind: about, answers: given, passed: before });
      if (!next) return chat.answered({ kind: about, answers: given });
      setStep({ kind: about, question: next, answers: given, passed: before });
    } catch (error) {
      setProblem(error instanceof Refused ? error.code : 'other');
    } finally {
      setAsking(false);
    }
  }

  return {
    step, problem, isAsking,
    /** There is nothing to choose, and the first question is still on its way. */
    isComing: kind === null && (only !== null || kept() !== null),
    begin(): void {
      const before = kept();
      const about = only ?? before?.kind;
      if (about && kind === null && !isAsking && problem === null) void go(about, before?.answers ?? {}, before?.passed ?? []);
    },
    answer(value: string): void {
      const about = kind ?? only ?? kinds.find((one) => one === value);
      if (!about || isAsking) return;
      if (!question) return void go(about, {}, []);
      const others = Object.fromEntries(Object.entries(answers).filter(([key]) => key !== question.key));
      void go(about, value === '' ? others : { ...others, [question.key]: value }, [...passed, question.key]);
    },
    canGoBack: passed.length > 0 || (kind !== null && only === null),
    before(): void {
      if (passed.length === 0 || kind === null) {
        chat.given.forget();
        setStep(NOTHING);
      }
      else void go(kind, answers, passed.slice(0, -1));
    },
  };
}
