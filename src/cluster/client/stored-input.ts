/** What a run reads, as artifacts: each dataset a frame of its own, so that runs over the same data share it. */
import type { RunInput, SliceInput } from '../../runtime/bundle/abi.ts';
import type { Bundle } from '../../runtime/host/bundler/bundle-strategy.ts';
import type { Dataset } from '../../runtime/market/dataset.ts';
import type { StoredRunInput, StoredSweepInput } from '../contracts/run-spec.ts';
import { type Artifact, frameArtifact, textArtifact } from './artifact.ts';

export interface StoredParts {
  /** All that the run needs, the bundle among them. */
  readonly artifacts: readonly Artifact[];
  /** Hashes, as a spec names them. */
  readonly parts: { readonly bundle: string; readonly input: string; readonly datasets: string[] };
}

export class InputWriter {
  /** Frames of long datasets take a while to make. */
  readonly #frames = new WeakMap<Dataset, Artifact>();

  write(bundle: Bundle, { feeds, benchmark, ...rest }: RunInput | SliceInput): StoredParts {
    const datasets = [...feeds, ...(benchmark ? [benchmark] : [])].map(dataset => this.#frameOf(dataset));
    const references = datasets.map(({ hash }) => ({ artifact: hash }));
    const stored = {
      ...rest,
      feeds: references.slice(0, feeds.length),
      ...(benchmark && { benchmark: references[feeds.length] }),
    };
    const input = frameArtifact(stored satisfies Partial<StoredRunInput | StoredSweepInput>);
    const code = textArtifact(bundle.code);
    const hashes = [...new Set(datasets.map(({ hash }) => hash))];
    return {
      artifacts: [code, input, ...datasets],
      parts: { bundle: code.hash, input: input.hash, datasets: hashes },
    };
  }

  #frameOf(dataset: Dataset): Artifact {
    const frame = this.#frames.get(dataset) ?? frameArtifact(dataset);
    this.#frames.set(dataset, frame);
    return frame;
  }
}
