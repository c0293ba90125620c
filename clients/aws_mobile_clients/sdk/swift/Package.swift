// swift-tools-version:6.0

import PackageDescription

let package = Package(
    name: "backend-client",
    platforms: [.iOS(.v15), .macOS(.v12), .tvOS(.v15), .watchOS(.v9)],
    products: [.library(name: "Backend", targets: ["Backend"])],
    dependencies: [
        .package(url: "https://github.com/aws-amplify/amplify-swift", from: "2.48.0"),
        .package(url: "https://github.com/awslabs/aws-sdk-swift", from: "1.0.0"),
        .package(url: "https://github.com/smithy-lang/smithy-swift", from: "0.118.0"),
    ],
    targets: [
        .target(name: "DataSync", swiftSettings: [.swiftLanguageMode(.v5)]),
        .target(name: "BackendApi"),
        .target(
            name: "Backend",
            dependencies: [
                "BackendApi",
                "DataSync",
                .product(name: "Amplify", package: "amplify-swift"),
                .product(name: "AWSPluginsCore", package: "amplify-swift"),
                .product(name: "AWSSDKHTTPAuth", package: "aws-sdk-swift"),
                .product(name: "Smithy", package: "smithy-swift"),
                .product(name: "SmithyHTTPAPI", package: "smithy-swift"),
                .product(name: "SmithyHTTPAuthAPI", package: "smithy-swift"),
                .product(name: "SmithyIdentity", package: "smithy-swift"),
            ],
            swiftSettings: [.swiftLanguageMode(.v5)]
        ),
    ]
)
