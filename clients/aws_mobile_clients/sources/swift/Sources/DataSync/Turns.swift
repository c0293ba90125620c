/// Lets what is asked of it happen one after the other, in the order in which it was asked.
actor Turns {
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
        if isBusy {
            await withCheckedContinuation { waiting.append($0) }
        }
        isBusy = true
        defer { next() }
        return try await body()
    }

    /// Wakes who waits longest; it stays busy meanwhile, so that nobody who comes now goes first.
    private func next() {
        if waiting.isEmpty {
            isBusy = false
        } else {
            waiting.removeFirst().resume()
        }
    }
}
