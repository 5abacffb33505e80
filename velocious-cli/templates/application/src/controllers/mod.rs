//! The controllers, one file each. `velocious g:controller` adds one.
