// Looks at the page it is run in, and returns a list of what is wrong with it: texts.
// tests/browser.py runs it; `arguments[0]` names the check.
const least = 4.5; // WCAG 2.2, 1.4.3: contrast of text

const visible = (element) => element.getClientRects().length > 0 &&
	getComputedStyle(element).visibility === "visible";
const quote = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 40));

function parts(color) {
	const n = color.match(/[\d.]+/g).map(Number);
	return { rgb: n.slice(0, 3), alpha: n.length > 3 ? n[3] : 1 };
}

function luminance(rgb) {
	const [r, g, b] = rgb.map((v) => {
		const c = v / 255;
		return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
	const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (high + 0.05) / (low + 0.05);
}

// The colour of the first ancestor that has one.
function groundOf(element) {
	for (let e = element; e; e = e.parentElement) {
		const color = parts(getComputedStyle(e).backgroundColor);
		if (color.alpha === 1)
			return color.rgb;
		if (color.alpha > 0)
			throw new Error("a ground that shines through: " + e.tagName);
	}
	return [255, 255, 255];
}

// In a chart it is what was drawn last where the text stands.
function groundInChart(text) {
	const box = text.getBoundingClientRect();
	const x = box.x + box.width / 2, y = box.y + box.height / 2;
	let ground = groundOf(text.closest("svg"));
	for (const shape of text.closest("svg").querySelectorAll("rect, path")) {
		const b = shape.getBoundingClientRect();
		const before = shape.compareDocumentPosition(text) &
			Node.DOCUMENT_POSITION_FOLLOWING;
		if (before && x > b.left && x < b.right && y > b.top && y < b.bottom)
			ground = parts(getComputedStyle(shape).fill).rgb;
	}
	return ground;
}

function texts() {
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const found = [];
	while (walker.nextNode()) {
		const parent = walker.currentNode.parentElement;
		if (walker.currentNode.data.trim() && visible(parent) &&
		    !parent.closest("title, desc"))
			found.push([parent, walker.currentNode.data]);
	}
	return found;
}

const checks = {
	contrast() {
		const faults = [];
		for (const [element, text] of texts()) {
			const inChart = element.namespaceURI.endsWith("svg");
			const style = getComputedStyle(element);
			const ink = parts(inChart ? style.fill : style.color);
			const ground = inChart ? groundInChart(element) : groundOf(element);
			const ratio = contrast(ink.rgb, ground);
			if (ink.alpha < 1 || ratio < least)
				faults.push(`${quote(text)} has a contrast of ` +
					ratio.toFixed(2));
		}
		return texts().length ? faults : ["there is no text"];
	},

	document() {
		const faults = [];
		const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
			.map((h) => Number(h.tagName[1]));
		const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
		if (!document.documentElement.lang)
			faults.push("no language");
		if (!document.title.trim())
			faults.push("no title");
		if (levels.filter((l) => l === 1).length !== 1 || levels[0] !== 1)
			faults.push("not one h1 at the beginning");
		levels.forEach((l, i) => {
			if (i && l > levels[i - 1] + 1)
				faults.push(`heading ${i + 1} jumps to h${l}`);
		});
		for (const id of new Set(ids.filter((x, i) => ids.indexOf(x) !== i)))
			faults.push(`id ${id} is there twice`);
		for (const name of ["main", "header", "footer"])
			if (document.querySelectorAll(`body > ${name}`).length !== 1)
				faults.push(`not one <${name}>`);
		for (const a of document.querySelectorAll("a[href^='#']"))
			if (!document.getElementById(a.hash.slice(1)))
				faults.push(`${a.hash} leads nowhere`);
		for (const table of document.querySelectorAll("table")) {
			if (!table.caption || !table.caption.textContent.trim())
				faults.push("a table without a caption");
			if (table.querySelector("th:not([scope])"))
				faults.push("a heading of a table without a scope");
		}
		if (document.scripts.length)
			faults.push("there is a script");
		return faults;
	},

	overflow() {
		const root = document.documentElement;
		const faults = [];
		if (root.scrollWidth > root.clientWidth)
			faults.push(`${root.scrollWidth} wide, and ${root.clientWidth} ` +
				"are there");
		// What does not scroll in a box of its own may not stick out.
		for (const e of document.body.querySelectorAll("*"))
			if (visible(e) && !e.closest(".scroll, .skip") &&
			    e.getBoundingClientRect().right > root.clientWidth + 1)
				faults.push(`<${e.tagName}> ${quote(e.textContent)} ` +
					"sticks out");
		return faults;
	},

	charts() {
		const charts = [...document.querySelectorAll("svg[role=img]")];
		const faults = [];
		for (const svg of charts) {
			const name = svg.querySelector("title").textContent;
			const box = svg.getBoundingClientRect();
			if (box.width < 50 || box.height < 50)
				faults.push(`${quote(name)} is ${box.width} x ${box.height}`);
			if (![...svg.querySelectorAll("rect, path, polyline")]
				.some((s) => s.getBoundingClientRect().width > 0))
				faults.push(`${quote(name)} shows nothing`);
			const labels = [...svg.querySelectorAll("text")];
			for (const text of labels) {
				const b = text.getBoundingClientRect();
				if (b.left < box.left - 1 || b.right > box.right + 1 ||
				    b.top < box.top - 1 || b.bottom > box.bottom + 1)
					faults.push(`${quote(name)}: ` +
						`${quote(text.textContent)} is cut off`);
			}
			// The box of a slanted text is larger than the text.
			const straight = labels.filter((t) => !t.hasAttribute("transform"));
			straight.forEach((a, i) => straight.slice(i + 1).forEach((b) => {
				const p = a.getBoundingClientRect();
				const q = b.getBoundingClientRect();
				if (p.left < q.right - 1 && q.left < p.right - 1 &&
				    p.top < q.bottom - 3 && q.top < p.bottom - 3)
					faults.push(`${quote(name)}: ` +
						`${quote(a.textContent)} and ` +
						`${quote(b.textContent)} overlap`);
			}));
		}
		return faults;
	},

	network() {
		return performance.getEntriesByType("resource").map((e) => e.name);
	},

	// The style sheet is let in, and nothing else: what is put in here is refused.
	policy() {
		const faults = [];
		const meta = document.querySelector(
			"meta[http-equiv=Content-Security-Policy]");
		if (!meta || !meta.content.startsWith("default-src 'none';"))
			faults.push("no policy");
		if (/unsafe|\*|http/.test(meta ? meta.content : ""))
			faults.push("the policy lets something in");
		if (getComputedStyle(document.body).maxWidth === "none")
			faults.push("the style sheet was refused");
		const script = document.createElement("script");
		script.textContent = "document.documentElement.dataset.ran = 1";
		document.body.append(script);
		const style = document.createElement("style");
		style.textContent = "body { outline: 7px solid }";
		document.head.append(style);
		document.body.insertAdjacentHTML("beforeend",
			"<b onclick='document.documentElement.dataset.ran = 1'></b>");
		document.body.lastElementChild.click();
		if (document.documentElement.dataset.ran)
			faults.push("a script ran");
		if (getComputedStyle(document.body).outlineWidth === "7px")
			faults.push("a style of somebody else's was taken");
		return faults;
	},

	open() {
		document.querySelectorAll("details").forEach((d) => { d.open = true; });
		return [];
	},
};

return checks[arguments[0]]();
