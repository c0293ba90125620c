/// A record's key. Swift's own `String` takes composed and decomposed letters for the same; the service does not.
struct RecordKey: Hashable, Comparable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: RecordKey, right: RecordKey) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// The order of UTF-8's bytes is that of the code points, as in the other clients.
    static func < (left: RecordKey, right: RecordKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 {
            hasher.combine(byte)
        }
    }
}

/// Tells whether two values are written with the same bytes.
func isSame(_ left: String?, _ right: String?) -> Bool {
    left.map(RecordKey.init) == right.map(RecordKey.init)
}

/// Returns a dataset's name, or throws.
func checkedName(_ name: String) throws -> String {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-".utf8)
    guard (1...128).contains(name.utf8.count), name.utf8.allSatisfy(allowed.contains) else {
        throw InvalidError(what: "name", got: name, allowed: "1 to 128 of A-Z, a-z, 0-9, _, ., : and -")
    }
    return name
}

/// Returns a key, or throws.
func checkedKey(_ key: String) throws -> String {
    let maxKeyBytes = 1024
    let isPrintable = key.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard (1...maxKeyBytes).contains(key.utf8.count), isPrintable else {
        let allowed = "1 to \(maxKeyBytes) bytes of UTF-8 without control characters"
        throw InvalidError(what: "key", got: key, allowed: allowed)
    }
    return key
}

/// The length of text as a JSON string of ASCII, in which the limit of a push is counted: never less than UTF-8's.
func jsonLength(_ text: String) -> Int {
    let short = Set("\"\\\n\r\t\u{8}\u{c}".utf16)
    return text.utf16.reduce(2) { length, unit in
        if short.contains(unit) {
            return length + 2
        }
        return length + ((0x20...0x7E).contains(unit) ? 1 : 6)
    }
}
