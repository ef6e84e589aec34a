"""What is written for people and for other tools. Writers are pure: from a Document or a glossary to text or bytes."""
