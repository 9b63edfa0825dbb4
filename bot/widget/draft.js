/** What is written and not sent, each speaker's apart. */
export class Draft {
  constructor(store, redactor) {
    Object.assign(this, { store, redactor });
  }

  keptFor(slot) {
    return this.store.get(`draft:${slot}`) ?? "";
  }

  keep(slot, text) {
    if (text === this.keptFor(slot)) return;
    if (text && this.redactor.isClean(text)) this.store.set(`draft:${slot}`, text);
    else this.forget(slot);
  }

  forget(slot) {
    this.store.remove(`draft:${slot}`);
  }

  forgetAll() {
    this.store.removeAll("draft:");
  }
}
