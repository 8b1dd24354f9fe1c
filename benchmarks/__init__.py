"""Measurements that are compared with those of other servers; run by `script/bench`."""
