/** Lets calls through until `threshold` failures in a row, then refuses for `openMs`, then lets one through to try. */
export class CircuitBreaker {
  #failures = 0;
  #openUntil = 0;
  #trying = false;

  constructor(
    private readonly now: () => number,
    private readonly threshold = 5,
    private readonly openMs = 15_000,
  ) {}

  /** Whether a call may start now. A caller that got true must report its outcome. */
  enter(): boolean {
    if (this.#failures < this.threshold) return true;
    if (this.#trying || this.now() < this.#openUntil) return false;
    this.#trying = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#trying = false;
  }

  failed(): void {
    this.#failures += 1;
    this.#trying = false;
    if (this.#failures >= this.threshold) this.#openUntil = this.now() + this.openMs;
  }
}
