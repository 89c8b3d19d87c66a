"""The proof: credential, PDF, public verification, revocation."""
