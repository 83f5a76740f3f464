import type * as vscode from 'vscode';

/** A row of a view as the editor draws it. */
export interface DrawnRow {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** The element that commands of the row's menu are called with. */
  readonly element: unknown;
  readonly children: readonly DrawnRow[];
}

/** What the editor asks a view for. */
interface View<T> {
  getChildren(row?: T): T[];
  getTreeItem(row: T): vscode.TreeItem;
}

/** All rows of a view, or below one of its rows, as they would be drawn if everything were unfolded. */
export function drawnRows<T>(view: View<T>, row?: T): readonly DrawnRow[] {
  return view.getChildren(row).map((element) => {
    const { id = '', label, description, accessibilityInformation } = view.getTreeItem(element);
    return {
      id,
      label: typeof label === 'string' ? label : (label?.label ?? ''),
      description: typeof description === 'string' ? description : '',
      spoken: accessibilityInformation?.label ?? '',
      element,
      children: drawnRows(view, element),
    };
  });
}
