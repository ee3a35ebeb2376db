"""Weights: found by their manifest, put together once, verified before every load.

`models/manifest.toml` lists each file with its size and SHA-256 and says which
installed package carries its bytes.  Nothing is fetched over a network here;
`rehearse.assets.hub` does that for the larger weights, and only when asked by name.
"""

from rehearse.assets.digests import verify
from rehearse.assets.entries import Asset, asset, manifest, recognisers
from rehearse.assets.places import assemble, folder, locate, state

__all__ = [
    "Asset",
    "assemble",
    "asset",
    "folder",
    "locate",
    "manifest",
    "recognisers",
    "state",
    "verify",
]
