export function searching() {}
