plugins {
    kotlin("jvm") version "2.4.10"
    kotlin("plugin.serialization") version "2.4.10"
    `java-library`
}

repositories {
    mavenCentral()
}

dependencies {
    api("aws.smithy.kotlin:aws-credentials-jvm:1.7.2")
    api("com.squareup.okhttp3:okhttp-jvm:5.4.0")
    api("org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm:1.11.0")
    api("org.jetbrains.kotlinx:kotlinx-serialization-json-jvm:1.12.0")
    implementation("aws.smithy.kotlin:aws-signing-default-jvm:1.7.2")
}

kotlin {
    jvmToolchain(17)
}
