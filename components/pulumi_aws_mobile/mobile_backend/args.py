"""What a caller of `MobileBackend` may ask for."""

from typing import NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.identity.args import IdentityArgs
from pulumi_aws_mobile.user_files.args import UserFilesArgs


class MobileBackendArgs(TypedDict):
    """What a `MobileBackend` can be told."""

    region: NotRequired[str]
    """The Region of everything in it. Defaults to the provider's."""
    features: NotRequired[list[str]]
    """What the app gets: sign_in (users and their temporary AWS credentials), user_files (a place for their files;
    needs sign_in). Turning one off and on leaves the others as they are. Defaults to all of them."""
    identity: NotRequired[IdentityArgs]
    """How users sign in, without `region`; needs the feature sign_in. Defaults to what an Identity does by itself."""
    user_files: NotRequired[UserFilesArgs]
    """Where users' files are, without `region` and the names of roles; needs the feature user_files. Defaults to what
    UserFiles does by itself, for the users and groups of `identity`."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags; a part's own tags win. Defaults to none."""
