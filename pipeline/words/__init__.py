"""Words and sentences: the tokenizer, its tables, and what is whole."""
