import { type FileFacts, perFile, type Stage } from '../facts/index.js';
import { isForDevelopment, waitsOnly, worksAndEnds } from './kinds.js';

/**
 * Folders of images to develop, test or build with, or to learn from: what matters only in an image that is shipped matters
 * little there. `docs/` holds the image that makes the documentation.
 */
const FOLDER =
  /^(?:\.(?:devcontainer|github|gitlab|circleci|buildkite|gitpod|ci)|bench(?:mark)?s?|ci|cicd|demos?|dev|devcontainers?|development|docs?|e2e|exercises?|examples?|fixtures?|fuzz(?:ing)?|labs?|mocks?|playground|qa|samples?|sandbox|testdata|testing|tutorials?|(?:[a-z\d]+[-_])*tests?)$/;

/** Whether a folder, given by its path below the project's, is one for such images. */
export const isFolderForWork = (path: string): boolean =>
  path
    .toLowerCase()
    .split('/')
    .some(name => FOLDER.test(name));

/** `FROM base AS test`: built for what its RUNs find out, or to work in. */
const STAGE =
  /^(?:validate|validation|lint|linter|tests?|testing|checks?|fmt|format|dev|develop|development|devcontainer|debug|local|ci|qa|e2e)(?:[-_.]|$)/;

/** The same, said by a comment or a label: “Dev-only; release images stay distroless”, “Image for the integration tests”. */
const SAID =
  /\bdev(?:elopment)?[- ]only\b|\bonly for (?:local )?dev(?:elopment)?\b|\b(?:dev(?:elopment)?|(?:unit|integration|e2e|end-to-end)[- ]tests?|test(?:ing)?|CI|QA) (?:image|container|environment|docker ?file)\b|\b(?:image|container|environment|docker ?file) (?:is )?(?:used )?(?:only )?(?:for|in|to run) (?:(?:the|our|local) )?(?:development|developing|(?:unit |integration |e2e )?test(?:s|ing)\b|CI\b|QA\b)/i;

/** Comments at the top of the file and of its final stage, and labels. */
const says = (facts: FileFacts, final: Stage): boolean =>
  [...(facts.instructions[0]?.leading ?? []), ...final.from.leading].some(({ text }) => SAID.test(text)) ||
  facts.lineage(final).some(({ instruction }) => instruction.keyword === 'LABEL' && SAID.test(instruction.text));

/** Whether a stage has the name of one to work in, or a comment says that its image is not shipped. */
export const saysNotShipped = (facts: FileFacts, stage: Stage): boolean =>
  (stage.name !== undefined && STAGE.test(stage.name)) || says(facts, stage);

/**
 * What the image is for, as far as the file and its place tell: to develop, test or build with, or to learn from. Nobody ships
 * it, so its size, its cache, its user and its style matter little. What fails or is dangerous matters as much as anywhere.
 */
export const isForWork = perFile((facts): boolean => {
  if (isFolderForWork(facts.context?.place ?? '')) return true;
  const { final } = facts;
  return (
    final !== undefined &&
    (saysNotShipped(facts, final) ||
      isForDevelopment(facts, final) ||
      waitsOnly(facts, final) !== undefined ||
      worksAndEnds(facts, final) !== undefined)
  );
});
