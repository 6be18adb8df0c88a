/** Says that new mail came, without moving what is being read. */
const news = document.querySelector('#news');
const known = Number(document.body.dataset.delivered);

async function look() {
  const { delivered } = await (await fetch('/tally.json')).json();
  if (delivered === known) return;
  news.hidden = false;
  news.textContent = `${delivered - known} new: show`;
  if (known === 0) location.reload();
}

setInterval(() => look().catch(() => undefined), 2000);
