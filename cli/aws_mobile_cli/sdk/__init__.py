"""`aws-mobile sdk`: typed clients of a stack's API for TypeScript, Kotlin and Swift."""
