"""A scheduled crawler of military news that puts every meeting of Azerbaijan's defence leadership out exactly once."""
