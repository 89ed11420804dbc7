"""Write a document in each format: text, Markdown, CSV, JSON, HTML, Word, Excel, and reports for CI."""
