let context: AudioContext | null = null;

/** Two soft notes, made here: no file is fetched. A browser that lets no page sound before it is touched stays silent. */
export async function chime(): Promise<void> {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  try {
    if (context.state === 'suspended') await context.resume();
    note(context, 660, 0);
    note(context, 880, 0.16);
  } catch {
    // A machine without a loudspeaker; what is said is on the screen as well.
  }
}

/** `after` in seconds. */
function note(audio: AudioContext, hertz: number, after: number): void {
  const at = audio.currentTime + after;
  const tone = new OscillatorNode(audio, { type: 'sine', frequency: hertz });
  const loudness = new GainNode(audio, { gain: 0 });
  loudness.gain.linearRampToValueAtTime(0.12, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.32);
}
