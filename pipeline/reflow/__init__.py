"""What clean and repair know of lines and pages: characters, spaces, furniture, line ends, geometry."""
