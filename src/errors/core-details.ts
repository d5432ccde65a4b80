/** What is wrong with a picture, an option or a policy, in one sentence each. */
export const CORE_DETAILS = {
  bytes: 'The file has {length} bytes; it must have fewer than {most}.',
  format: 'The picture is a {format}; it must be one of: {formats}.',
  longEdge: 'The picture is {width} x {height} pixels; its longest edge may have {most}.',
  shortEdge: 'The picture is {width} x {height} pixels; its shortest edge must have {least}.',
  aspect:
    'The picture is {width} x {height} pixels: its long edge is {aspect} times the short one; at most {most} times is allowed.',
  cutOff: "The file is cut off: its {length} bytes end before the picture's header does.",
  foreign: 'The file is {name}; send a JPEG, PNG, BMP or WebP.',
  noOptions: 'Options are an object; there are: {names}.',
  noOption: 'There is no option {name}; there are: {names}. A limit is given in "policy".',
  noPolicy: 'A policy is an object: limits by their names.',
  attribute: 'The attribute "policy" is JSON: limits by their names.',
  noLimit: 'The policy has no limit {name}; there are: {names}.',
  limitRange: '{name} must be a number from {least} to {most}.',
  enforce: 'enforce must be a list of: {names}.',
  noPreset: 'There is no preset{shown}; there are: {names}.',
} as const;
