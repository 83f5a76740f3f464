// VS Code's workbench in a browser page, in the words of somebody who sits at it.

const LIMIT_MS = 30_000;
/** The menu of quick fixes, without the panel for submenus inside it. */
const QUICK_FIXES = '.action-widget:not(.action-list-submenu-panel)';
const SQUIGGLES = '.squiggly-error, .squiggly-warning, .squiggly-info';

export class Workbench {
  /** @param {any} page playwright's Page, which is a package of the VS Code host and has no types here */
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(LIMIT_MS);
  }

  /** Waits until the window stands and its folder is listed. */
  async ready() {
    await this.page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 2 * LIMIT_MS });
  }

  /**
   * Opens a file by name.
   * @param {string} path relative to the folder
   */
  async openFile(path) {
    await this.page.keyboard.press('Control+P');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(path);
    const [name] = path.split('/').slice(-1);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
    await this.page.waitForSelector(`.tabs-container .tab[data-resource-name="${name}"]`);
    await this.page.waitForSelector('.part.editor .view-lines .view-line');
  }

  /**
   * Runs a command by its name in the palette.
   * @param {string} title with its category
   */
  async runCommand(title) {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
    // What lies under the mouse tells about itself.
    await this.page.mouse.move(640, 760);
  }

  /**
   * Waits until a list to choose from has a row.
   * @param {RegExp} text
   */
  async untilListed(text) {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().waitFor();
  }

  /**
   * Waits until a box asks something.
   * @param {RegExp} text
   */
  async untilAsked(text) {
    await this.page.locator('.quick-input-widget .quick-input-message', { hasText: text }).waitFor();
  }

  /**
   * Answers the box that asks.
   * @param {string} text
   */
  async answer(text) {
    await this.page.locator('.quick-input-widget input').first().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /**
   * Puts the cursor on a line of the open file.
   * @param {number} line from 1
   */
  async goToLine(line) {
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`:${line}`);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Points at the empty part of the side bar, so that nothing tells about itself. */
  async moveMouseAway() {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    await this.page.mouse.move(box.x + box.width / 2, box.y + (3 * box.height) / 4);
  }

  /** Takes messages away. */
  async hideNotifications() {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notifications-toasts .notification-toast').waitFor({ state: 'detached' });
  }

  /** Leaves the width of the side bar to the editors. */
  async hideSideBar() {
    await this.page.keyboard.press('Control+B');
    await this.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  }

  /** Shows the Problems panel with at least one problem. */
  async showProblems() {
    await this.page.keyboard.press('Control+Shift+M');
    await this.page.waitForSelector('.markers-panel .monaco-list-row');
  }

  /** Shows the view of findings with at least one. */
  async showFindings() {
    await this.page
      .locator('.activitybar .action-item', { has: this.page.locator('[aria-label^="Countersign"]') })
      .click();
    await this.row('Findings', /./).waitFor();
  }

  /**
   * Gives the side bar more room.
   * @param {number} width in pixels
   */
  async widenSideBar(width) {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    const [edge, middle] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(edge, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, middle, { steps: 5 });
    await this.page.mouse.up();
  }

  /**
   * Leaves the height of a view in the side bar to the others.
   * @param {string} view its title
   */
  async foldView(view) {
    await this.page.locator(`.pane-header:has-text("${view}")`).click();
    await this.page.locator(`.pane-header:has-text("${view}")[aria-expanded="false"]`).waitFor();
  }

  /**
   * Waits until a view says something above its rows.
   * @param {string} view its title
   * @param {RegExp} text
   */
  async untilSaid(view, text) {
    const messages = this.page.locator(`.pane:has(.pane-header:has-text("${view}")) .message`);
    await messages.filter({ hasText: text }).waitFor();
  }

  /**
   * A row of a view in the side bar.
   * @param {string} view its title
   * @param {RegExp} text
   */
  row(view, text) {
    const rows = this.page.locator(`.pane:has(.pane-header:has-text("${view}")) .monaco-list-row`);
    return rows.filter({ hasText: text }).first();
  }

  /**
   * Shows what is below a row.
   * @param {any} row as `row` answers it
   */
  async unfold(row) {
    await row.locator('.monaco-tl-twistie').click();
  }

  /**
   * Puts the cursor on a finding of the open file and waits until the editor underlines it.
   * @param {number} count which one, from 1
   */
  async goToFinding(count) {
    const widget = this.page.locator('.marker-widget');
    await this.page
      .locator('.part.editor .view-lines')
      .first()
      .click({ position: { x: 2, y: 2 } });
    await this.page.keyboard.press('Control+Home');
    await this.repeatUntil('a finding', () => this.page.keyboard.press('F8'), widget, 2_000);
    for (let i = 1; i < count; i++) await this.page.keyboard.press('F8');
    await this.page.keyboard.press('Escape');
    await widget.waitFor({ state: 'detached' });
    await this.page.waitForSelector(SQUIGGLES);
  }

  /** Waits until the gutter says who wrote lines. */
  async untilMarkers() {
    // The editor makes the names of these classes.
    await this.page.waitForSelector(
      '.margin-view-overlays .cgmr[class*="ced-"], .glyph-margin-widgets [class*="ced-"]',
    );
  }

  /**
   * Points at the white space before a line's text until the editor says something of the line.
   * @param {string} text in the line
   * @param {RegExp} said
   */
  async pointAtIndentOf(text, said) {
    const line = this.page.locator('.part.editor .view-line', { hasText: text }).first();
    const hover = this.page.locator('.monaco-hover:not(.hidden)', { hasText: said });
    const box = await line.boundingBox();
    const point = async () => {
      await this.page.mouse.move(box.x + 200, box.y - 100);
      await this.page.mouse.move(box.x + 12, box.y + box.height / 2, { steps: 3 });
    };
    await this.repeatUntil('a hover', point, hover.first(), 3_000);
  }

  /** Opens the quick fixes at the cursor. */
  async openQuickFixes() {
    // In its first seconds VS Code may answer with no actions. An answer may also take long, and a second
    // Ctrl+. in an open menu would apply the preferred fix.
    const menu = this.page.locator(QUICK_FIXES);
    const ask = async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+Period');
    };
    await this.repeatUntil('quick fixes', ask, menu, 10_000);
  }

  /**
   * Does something again and again until it has an effect.
   * @param {string} what is to appear, for the message
   * @param {() => Promise<void>} action
   * @param {any} locator of what is to appear
   * @param {number} patienceMs how long to wait before doing it again
   */
  async repeatUntil(what, action, locator, patienceMs) {
    for (const end = Date.now() + LIMIT_MS; Date.now() < end; ) {
      await action();
      const appeared = await locator.waitFor({ timeout: patienceMs }).then(
        () => true,
        (/** @type {Error} */ error) => {
          if (error.name === 'TimeoutError') return false;
          throw error;
        },
      );
      if (appeared) return;
    }
    throw new Error(`${what} did not appear within ${LIMIT_MS / 1000} s`);
  }

  /**
   * Chooses in the open menu of quick fixes.
   * @param {RegExp} title
   */
  async chooseQuickFix(title) {
    const item = this.page.locator(`${QUICK_FIXES} .monaco-list-row`, { hasText: title }).first();
    await item.waitFor({ timeout: 3_000 });
    await item.click();
  }

  /**
   * Waits until so many tabs are open.
   * @param {number} count
   */
  async untilTabs(count) {
    await this.page
      .locator('.tabs-container .tab')
      .nth(count - 1)
      .waitFor();
  }

  /** Waits until nothing moves: two pictures in a row are the same. */
  async settled() {
    let before = Buffer.alloc(0);
    for (const end = Date.now() + LIMIT_MS; Date.now() < end; ) {
      await this.page.waitForTimeout(400);
      const now = await this.page.screenshot();
      if (now.equals(before)) return;
      before = now;
    }
    throw new Error('the window does not come to rest');
  }
}
