"""The article on its page: lines put together, title, paragraphs, sentences, whose text it is, one incident or several."""
