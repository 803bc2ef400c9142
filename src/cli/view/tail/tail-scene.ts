import type { Paint } from '../../output/colour.ts';
import type { TailSnapshot } from './tail-state.ts';
import type { TailUi } from './tail-ui.ts';

/** All that a frame of the live view depends on. */
export interface TailScene {
  readonly snapshot: TailSnapshot;
  readonly ui: TailUi;
  /** Events that came since the picture was made to stand still. */
  readonly behind: number;
  /** Events of the last second. */
  readonly perSecond: number;
  readonly nowMs: number;
  /** Of the terminal. */
  readonly columns: number;
  readonly rows: number;
  /** Whether there is a keyboard to press keys on. */
  readonly hasKeys: boolean;
  readonly paint: Paint;
}
