// Files on their way to the server, with how far each has come.

export class Uploads {
  constructor(form, changed) {
    Object.assign(this, { form, changed });
    this.files = [];
  }

  add(file) {
    const upload = { name: file.name || 'file', share: 0, state: 'going' };
    const request = new XMLHttpRequest();
    upload.cancel = () => request.abort();
    request.upload.onprogress = ({ loaded, total }) => this.note(upload, { share: total ? loaded / total : 0 });
    request.onload = () => this.note(upload, ended(request));
    request.onerror = () => this.note(upload, { state: 'failed' });
    const body = new FormData();
    Object.entries(this.form()).filter(([, value]) => value).forEach(([name, value]) => body.append(name, value));
    body.append('file', file);
    request.open('POST', '/api/upload');
    request.send(body);
    this.files.push(upload);
    this.changed();
  }

  note(upload, news) {
    Object.assign(upload, news);
    this.changed();
  }

  remove(upload) {
    upload.cancel();
    this.files = this.files.filter((other) => other !== upload);
    this.changed();
  }

  get isGoing() {
    return this.files.some(({ state }) => state === 'going');
  }

  /** The files that have arrived, which are then no longer here. */
  take() {
    const arrived = this.files.filter(({ state }) => state === 'there');
    this.files = this.files.filter(({ state }) => state !== 'there');
    this.changed();
    return arrived.map(({ file }) => file);
  }
}

function ended({ status, responseText }) {
  if (status !== 201) {
    return { state: status === 413 ? 'too large' : 'failed' };
  }
  const { id, filename, file_url, content_type } = JSON.parse(responseText).data;
  return { state: 'there', share: 1, file: { id, filename, file_url, content_type } };
}
