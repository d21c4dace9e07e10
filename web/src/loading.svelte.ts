import type { Answer, Failure } from './api';

/** Something a page shows: not there yet, there, or failed. A refresh keeps what was there. */
export class Loading<T> {
  value = $state.raw<T | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);
  private turn_ = 0;

  async load(call: () => Promise<Answer<T>>): Promise<void> {
    const turn = ++this.turn_;
    this.busy = true;
    const answer = await call();
    if (turn !== this.turn_) return; // A later call has overtaken this one.
    this.busy = false;
    this.failure = answer.ok ? null : answer.failure;
    if (answer.ok) this.value = answer.value;
  }
  clear(): void {
    this.turn_++;
    this.value = null;
    this.failure = null;
    this.busy = false;
  }
}
